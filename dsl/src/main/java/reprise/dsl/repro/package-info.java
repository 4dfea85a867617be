/** What a reproduction is: parts at three scales, each bound to the claims it measures. */
package reprise.dsl.repro;
