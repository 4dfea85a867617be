/** Draws rankings, measures them by two metrics, and mends their mistakes. */
package reprise.kernel.ranking;
