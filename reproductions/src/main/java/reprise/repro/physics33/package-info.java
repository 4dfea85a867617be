/** The reproduction of Allen-Zhu and Li 2024, knowledge capacity. */
package reprise.repro.physics33;
