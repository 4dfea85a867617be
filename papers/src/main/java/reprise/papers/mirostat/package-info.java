/** Basu et al. 2021, Mirostat (arXiv 2007.14966): what it says. */
package reprise.papers.mirostat;
