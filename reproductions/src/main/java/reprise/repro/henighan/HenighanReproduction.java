package reprise.repro.henighan;

import static reprise.dsl.Reprise.PRIDE_AND_PREJUDICE;
import static reprise.dsl.Reprise.acrossDomains;
import static reprise.dsl.Reprise.arithmetic;
import static reprise.dsl.Reprise.characters;
import static reprise.dsl.Reprise.decoder;
import static reprise.dsl.Reprise.domainTable;
import static reprise.dsl.Reprise.flops;
import static reprise.dsl.Reprise.pictures;
import static reprise.dsl.Reprise.widths;

import java.util.ArrayList;
import java.util.List;
import reprise.dsl.claim.Card;
import reprise.dsl.data.Corpus;
import reprise.dsl.domain.DomainScaling;
import reprise.dsl.domain.DomainScalingResult;
import reprise.dsl.domain.DomainTableResult;
import reprise.dsl.domain.NeedsDomainModels;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.henighan.HenighanCard;
import reprise.papers.henighan.HenighanTable;

/** The printed table judged by itself, and small decoders on three domains. */
public final class HenighanReproduction implements Reproduction {
  @Override
  public Card card() {
    return HenighanCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    return List.of(table(), domains(scale));
  }

  private static Part<DomainTableResult> table() {
    return new Part<>(
        "table",
        "The constants of table 1 against one another; the points behind them are not published.",
        domainTable(HenighanTable.TABLE_1),
        List.of(
            new Binding<>(HenighanCard.SLOPES, r -> r.slopesFrom(HenighanCard.COMMON_SLOPE)),
            new Binding<>(HenighanCard.DATA, DomainTableResult::meanPowerOfData),
            new Binding<>(HenighanCard.PIXEL_FLOORS, r -> r.floorsApart("pixels")),
            new Binding<>(HenighanCard.FLOORS, r -> r.floorsApart("")),
            new Binding<>(HenighanCard.EXPONENTS, DomainTableResult::exponentsApart)));
  }

  private static Part<DomainScalingResult> domains(Scale scale) {
    NeedsDomainModels across =
        acrossDomains(characters(PRIDE_AND_PREJUDICE), pictures(), arithmetic());
    DomainScaling experiment =
        switch (scale) {
          case SMOKE ->
              across
                  .models(decoder(widths(4, 6, 8, 12)).context(64))
                  .budgets(flops(1e8), flops(2e8), flops(4e8), flops(8e8), flops(1.6e9))
                  .bootstrap(50);
          case LAPTOP ->
              across
                  .models(decoder(widths(4, 6, 8, 12, 16, 24)).context(64))
                  .budgets(flops(7.5e8), flops(1.5e9), flops(3e9), flops(6e9), flops(1.2e10));
          case FULL ->
              across
                  .models(decoder(widths(8, 12, 16, 24, 32, 48, 64, 96, 128)).context(64))
                  .budgets(
                      flops(4e9),
                      flops(1.6e10),
                      flops(6.4e10),
                      flops(2.56e11),
                      flops(1.024e12),
                      flops(4.096e12))
                  .seeds(5);
        };
    return new Part<>(
        "retrain-domains",
        "The same decoders at the same compute on the characters of a novel, on grey pictures of 8x8"
            + " pixels, and on arithmetic of which only the answers are scored.",
        experiment,
        bindings(experiment));
  }

  private static List<Binding<DomainScalingResult>> bindings(DomainScaling experiment) {
    List<Binding<DomainScalingResult>> bindings = new ArrayList<>();
    for (Corpus domain : experiment.domains()) {
      String name = domain.domain();
      bindings.add(new Binding<>(HenighanCard.slope(name), r -> r.slope(domain)));
      bindings.add(new Binding<>(HenighanCard.straight(name), r -> r.straightness(domain)));
      bindings.add(new Binding<>(HenighanCard.floors(name), r -> r.floorsApart(domain)));
    }
    bindings.add(new Binding<>(HenighanCard.ONE_FORM, DomainScalingResult::domainsWithConstant));
    bindings.add(new Binding<>(HenighanCard.ONE_SLOPE, DomainScalingResult::spreadOfSlopes));
    bindings.add(new Binding<>(HenighanCard.NO_ENTROPY, r -> r.floor(arithmetic())));
    return bindings;
  }
}
