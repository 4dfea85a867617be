/**
 * Schürholt et al. 2025, "A Model Zoo on Phase Transitions in Neural Networks" (2504.18072), and
 * Yang et al. 2021, "Taxonomizing local versus global structure in neural network loss landscapes"
 * (2107.11228), on whose phases it rests.
 */
package reprise.papers.phasezoos;
