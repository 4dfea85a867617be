/** Trains models with gated feed-forward blocks and counts the neurons that they need. */
package reprise.kernel.sparsity;
