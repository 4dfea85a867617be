/** Trains attention heads on facts and asks what they imply. */
package reprise.kernel.reasoning;
