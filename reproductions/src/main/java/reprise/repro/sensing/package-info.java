/** The reproduction of Xiong, Ding and Du 2023, matrix sensing. */
package reprise.repro.sensing;
