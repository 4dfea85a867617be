/**
 * Facts and what they imply, learned by one attention head without softmax. Huang et al. 2025,
 * "Generalization or Hallucination? Understanding Out-of-Context Reasoning in Transformers" (arXiv
 * 2506.10887).
 */
package reprise.dsl.reasoning;
