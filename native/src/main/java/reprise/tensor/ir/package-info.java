/**
 * Typed tensor programs: static shapes, pure operations, shared state, named functions over it.
 * {@link reprise.tensor.ir.ProgramBuilder} writes them, {@link reprise.tensor.ir.Verifier} checks
 * them, {@link reprise.tensor.ir.Gradients} differentiates them, {@link
 * reprise.tensor.ir.ProgramText} prints and reads them.
 */
package reprise.tensor.ir;
