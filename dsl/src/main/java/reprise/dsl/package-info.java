/** What an experiment is. Describes; computes nothing. */
package reprise.dsl;
