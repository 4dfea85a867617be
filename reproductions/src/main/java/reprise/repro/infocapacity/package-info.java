/** What we ran of Yuan et al. 2025. */
package reprise.repro.infocapacity;
