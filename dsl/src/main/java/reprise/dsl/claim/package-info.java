/** What a paper claims, the rule that decides, and the verdict. */
package reprise.dsl.claim;
