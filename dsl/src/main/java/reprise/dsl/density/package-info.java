/**
 * Capability density: how large a reference model would have to be for the same score. Xiao et al.
 * 2024, "Densing Law of LLMs" (arXiv 2412.04315).
 */
package reprise.dsl.density;
