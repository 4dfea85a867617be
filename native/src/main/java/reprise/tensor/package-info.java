/**
 * Tensor programs and the backends that run them. {@link reprise.tensor.Backends} opens a {@link
 * reprise.tensor.Session} on a {@link reprise.tensor.ir.Program}; one call runs many steps.
 */
package reprise.tensor;
