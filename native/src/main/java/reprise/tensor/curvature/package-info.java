/** The Hessian of a trained program: top eigenvalue, trace, spectral density. */
package reprise.tensor.curvature;
