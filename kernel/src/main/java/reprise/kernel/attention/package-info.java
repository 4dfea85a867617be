/** Trains decoders whose attention is looked at along the way; the bound on its entropy. */
package reprise.kernel.attention;
