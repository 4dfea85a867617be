/**
 * Scaling of translation: encoders and decoders of several depths on a language whose best loss is
 * known, and the bivariate law of their sizes.
 *
 * <p>Reading order: {@link reprise.dsl.translation.Grammar}, {@link
 * reprise.dsl.translation.NeedsDepths}, {@link reprise.dsl.translation.NeedsPairs}, {@link
 * reprise.dsl.translation.TranslationScaling}, {@link reprise.dsl.translation.TranslationResult}.
 */
package reprise.dsl.translation;
