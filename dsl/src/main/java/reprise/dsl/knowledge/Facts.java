package reprise.dsl.knowledge;

/** Synthetic knowledge whose size in bits is known. */
public sealed interface Facts permits BioD, BioS {
  /** N. */
  int people();

  /** Bits that all of it holds, the numerator of R_max. */
  double bits();

  /** R_max: bits a parameter if everything is known. */
  double most(double params);

  /** R, the bits a parameter that these losses prove. */
  double ratio(Losses losses, double params);

  /** Values of a person, over which the second loss is averaged or summed. */
  int attributes();

  /** Whether p_2 is the sum over the attributes of a person, not their mean. */
  boolean sumsAttributes();

  /** Different tokens, with or without the mark of {@link Company#marked}. */
  int vocabulary(boolean marked);

  /** Tokens of a text that are predicted, at most. */
  int tokens();

  /** Such as {@code bioD(500)}. */
  String label();

  /** In ids, such as {@code bioD500}. */
  String id();
}
