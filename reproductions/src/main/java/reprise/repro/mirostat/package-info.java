/** The reproduction of Basu et al. 2021, Mirostat (arXiv 2007.14966). */
package reprise.repro.mirostat;
