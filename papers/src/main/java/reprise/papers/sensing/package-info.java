/** Xiong, Ding and Du 2023, over-parametrised matrix sensing (arXiv 2310.01769): what it says. */
package reprise.papers.sensing;
