/** What we ran of Henighan et al. 2020. */
package reprise.repro.henighan;
