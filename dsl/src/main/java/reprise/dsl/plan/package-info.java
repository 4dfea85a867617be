/** What will be done, verified and printable before anything runs. */
package reprise.dsl.plan;
