/** Sun et al. 2025, "Scaling Laws for Floating-Point Quantization Training" (2501.02423). */
package reprise.papers.fpquant;
