package reprise.dsl.lowprecision;

import java.util.List;
import reprise.dsl.model.DecoderFamily;
import reprise.dsl.unit.Checks;

/**
 * Training in low precision that still needs its models: continue with {@link #models}.
 *
 * @param formats each a run of its own
 */
public record NeedsRoundedModel(List<FloatFormat> formats) {
  public NeedsRoundedModel {
    formats = formats.stream().distinct().toList();
    if (formats.isEmpty()) {
      throw new IllegalArgumentException("name at least one format, such as E4M3");
    }
  }

  /** Decoders, one a width, each trained in every format. */
  public NeedsRoundedText models(DecoderFamily family) {
    Checks.present("models", family);
    return new NeedsRoundedText(formats, family);
  }
}
