/** The tests: packages mirror the modules they test; see {@code .github/CONTRIBUTING.md}. */
package reprise;
