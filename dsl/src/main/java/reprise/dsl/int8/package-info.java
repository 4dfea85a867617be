/**
 * Products of matrices in eight bits where some columns are far larger than the others. Dettmers et
 * al. 2022, "LLM.int8()" (arXiv 2208.07339).
 */
package reprise.dsl.int8;
