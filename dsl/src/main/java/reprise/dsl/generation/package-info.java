/** Language models that write: where they come from, how they decode, what is measured. */
package reprise.dsl.generation;
