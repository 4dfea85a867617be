/** The magics of the DSL: plans, compiled programs, papers, and the runs in the store. */
package reprise.kernel.magic;
