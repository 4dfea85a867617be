/**
 * One law over several domains: the same decoders trained on text, pictures, arithmetic. Henighan
 * et al. 2020, "Scaling Laws for Autoregressive Generative Modeling" (arXiv 2010.14701).
 *
 * <p>Reading order: {@link reprise.dsl.domain.NeedsDomainModels}, {@link
 * reprise.dsl.domain.NeedsDomainBudgets}, {@link reprise.dsl.domain.DomainScaling}, {@link
 * reprise.dsl.domain.DomainScalingResult}; and {@link reprise.dsl.domain.DomainTable} for constants
 * that are printed.
 */
package reprise.dsl.domain;
