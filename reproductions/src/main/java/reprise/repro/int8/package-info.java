/** The reproduction of Dettmers et al. 2022, LLM.int8() (arXiv 2208.07339). */
package reprise.repro.int8;
