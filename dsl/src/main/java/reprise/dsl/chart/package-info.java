/** Charts as papers draw them, on XChart: log axes with their ticks, bands, markers. */
package reprise.dsl.chart;
