/** Carries out plans: runs on all cores, analyses, provenance, progress. */
package reprise.kernel.run;
