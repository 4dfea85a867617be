/**
 * How a value is shown: {@link reprise.kernel.display.Renderer} turns it into a {@link
 * reprise.kernel.display.MimeBundle}; {@link reprise.kernel.display.Display} is what a cell calls.
 *
 * <p>Knows nothing of Jupyter: without a notebook the plain text goes to standard output.
 */
package reprise.kernel.display;
