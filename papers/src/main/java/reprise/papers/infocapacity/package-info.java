/** Yuan et al. 2025, "Information Capacity". */
package reprise.papers.infocapacity;
