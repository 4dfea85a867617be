/** What we ran: one package a paper with its experiments and claim bindings. */
package reprise.repro;
