/** Knowledge capacity: tables of synthetic facts, training and reading (arXiv 2404.05405). */
package reprise.kernel.knowledge;
