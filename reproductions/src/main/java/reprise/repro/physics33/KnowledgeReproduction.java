package reprise.repro.physics33;

import static reprise.dsl.Reprise.FLOAT32;
import static reprise.dsl.Reprise.GPTQ_INT4;
import static reprise.dsl.Reprise.INT4;
import static reprise.dsl.Reprise.INT8;
import static reprise.dsl.Reprise.PHYSICS_3_3;
import static reprise.dsl.Reprise.alone;
import static reprise.dsl.Reprise.bioD;
import static reprise.dsl.Reprise.bioS;
import static reprise.dsl.Reprise.gpt2;
import static reprise.dsl.Reprise.heads;
import static reprise.dsl.Reprise.junk;
import static reprise.dsl.Reprise.knowledgeCapacity;
import static reprise.dsl.Reprise.layers;
import static reprise.dsl.Reprise.llama;
import static reprise.dsl.Reprise.repeated;
import static reprise.dsl.Reprise.width;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import reprise.dsl.claim.Card;
import reprise.dsl.claim.Claim;
import reprise.dsl.knowledge.BioS;
import reprise.dsl.knowledge.CapacityResult;
import reprise.dsl.knowledge.CapacityTask;
import reprise.dsl.knowledge.Company;
import reprise.dsl.knowledge.Facts;
import reprise.dsl.model.TransformerModel;
import reprise.dsl.repro.Binding;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Reproduction;
import reprise.dsl.repro.Scale;
import reprise.papers.physics33.KnowledgeCard;

/** The twelve results on models of 26 thousand parameters, and at full scale on larger ones. */
public final class KnowledgeReproduction implements Reproduction {
  private static final TransformerModel SMALL = gpt2(layers(2), width(32), heads(2));
  private static final TransformerModel LLAMA = llama(layers(2), width(32), heads(2));

  /** About as many parameters as {@link #SMALL}: 25.7, 25.9, 27.6 and 28.3 thousand. */
  private static final TransformerModel GROUPED = LLAMA.keyValueHeads(heads(1));

  private static final TransformerModel QUARTER =
      gpt2(layers(2), width(44), heads(2)).mlp(width(44));
  private static final TransformerModel NO_MLP = gpt2(layers(2), width(56), heads(2)).withoutMlp();
  private static final TransformerModel EXPERTS = gpt2(layers(2), width(16), heads(1)).experts(24);

  /** Chosen on 50 people: after 100 meetings .01 had taught 93 % of their bits, .004 67 %. */
  private static final double BIOGRAPHY_RATE = 0.01;

  @Override
  public Card card() {
    return KnowledgeCard.CARD;
  }

  @Override
  public List<Part<?>> parts(Scale scale) {
    List<Part<?>> parts = new ArrayList<>();
    parts.add(whole(scale));
    parts.add(sizes(scale));
    parts.add(architectures(scale));
    parts.add(shapes(scale));
    parts.add(company(scale));
    parts.add(biographies(scale));
    return parts;
  }

  /** By scale: smoke, laptop, full. */
  private static int at(Scale scale, int smoke, int laptop, int full) {
    return switch (scale) {
      case SMOKE -> smoke;
      case LAPTOP -> laptop;
      case FULL -> full;
    };
  }

  private static Part<CapacityResult> whole(Scale scale) {
    int[] people = scale == Scale.SMOKE ? new int[] {20, 40} : new int[] {200, 500};
    return new Part<>(
        "whole",
        "Few people met often: is all of it learned, and what does rounding take away?",
        knowledgeCapacity(PHYSICS_3_3)
            .people(people)
            .models(SMALL)
            .exposures(at(scale, 100, 1000, 1000))
            .batch(at(scale, 4, 16, 16))
            .seeds(at(scale, 1, 3, 5))
            .readAt(FLOAT32, INT8, INT4, GPTQ_INT4),
        List.of(
            bind(KnowledgeCard.WHOLE, r -> r.share(t -> true, "all people")),
            bind(KnowledgeCard.INT8, r -> r.kept(INT8, largest(people))),
            bind(KnowledgeCard.INT4, r -> r.kept(INT4, largest(people))),
            bind(KnowledgeCard.GPTQ, r -> r.kept(GPTQ_INT4, largest(people)))));
  }

  private static Predicate<CapacityTask> largest(int[] people) {
    int most = people[people.length - 1];
    return task -> task.facts().people() == most;
  }

  private static Part<CapacityResult> sizes(Scale scale) {
    int[] exposures = scale == Scale.SMOKE ? new int[] {10, 30, 100} : new int[] {100, 300, 1000};
    int[] people =
        switch (scale) {
          case SMOKE -> new int[] {20};
          case LAPTOP -> new int[] {200, 320, 500};
          case FULL -> new int[] {500, 1000, 2000, 4000, 20_000};
        };
    TransformerModel[] models =
        switch (scale) {
          case SMOKE -> new TransformerModel[] {SMALL};
          case LAPTOP ->
              new TransformerModel[] {
                gpt2(layers(1), width(32), heads(2)), SMALL, gpt2(layers(2), width(48), heads(2))
              };
          case FULL ->
              new TransformerModel[] {
                SMALL, gpt2(layers(2), width(64), heads(2)), gpt2(layers(4), width(128), heads(2))
              };
        };
    return new Part<>(
        "sizes",
        "Models of several sizes, sets of several sizes, three numbers of exposures: bits against"
            + " parameters and exposures.",
        knowledgeCapacity(PHYSICS_3_3)
            .people(people)
            .models(models)
            .exposures(exposures)
            .batch(at(scale, 4, 16, 16))
            .seeds(at(scale, 1, 2, 3)),
        List.of(bind(KnowledgeCard.EXPOSURES, r -> r.rising(t -> true))));
  }

  private static Part<CapacityResult> architectures(Scale scale) {
    int few = at(scale, 30, 300, 300);
    int many = at(scale, 100, 1000, 1000);
    return new Part<>(
        "architectures",
        "GPT-2, LLaMA with and without gate, reduced and no MLP, experts, all of about as many"
            + " parameters, at few and at many exposures.",
        knowledgeCapacity(PHYSICS_3_3)
            .people(at(scale, 20, 500, 2000))
            .models(SMALL, GROUPED, LLAMA, LLAMA.withoutGate(), QUARTER, NO_MLP, EXPERTS)
            .exposures(few, many)
            .batch(at(scale, 4, 16, 16))
            .seeds(at(scale, 1, 2, 3)),
        List.of(
            against(KnowledgeCard.LLAMA, GROUPED, SMALL, many),
            against(KnowledgeCard.QUARTER, QUARTER, SMALL, many),
            against(KnowledgeCard.NO_MLP, NO_MLP, SMALL, many),
            against(KnowledgeCard.LLAMA_FEW, LLAMA, SMALL, few),
            against(KnowledgeCard.NO_MLP_FEW, NO_MLP, SMALL, few),
            against(KnowledgeCard.QUARTER_FEW, QUARTER, SMALL, few),
            against(KnowledgeCard.EXPERTS_FEW, EXPERTS, SMALL, few),
            against(KnowledgeCard.GATE, LLAMA.withoutGate(), LLAMA, few),
            against(KnowledgeCard.EXPERTS, EXPERTS, SMALL, many)));
  }

  private static Binding<CapacityResult> against(
      Claim claim, TransformerModel some, TransformerModel other, int exposures) {
    return bind(
        claim,
        r ->
            r.quotient(
                t -> t.model().equals(some) && t.exposures() == exposures,
                t -> t.model().equals(other) && t.exposures() == exposures,
                "R of "
                    + some.label()
                    + " over R of "
                    + other.label()
                    + " after "
                    + exposures
                    + " exposures"));
  }

  private static Part<CapacityResult> shapes(Scale scale) {
    int people = at(scale, 20, 500, 500);
    Facts usual = bioD(people);
    return new Part<>(
        "shapes",
        "Sixty bits a person in more or fewer attributes, chunks and strings.",
        knowledgeCapacity(PHYSICS_3_3)
            .facts(
                usual,
                bioD(people).attributes(12).chunks(1),
                bioD(people).attributes(3).chunks(4),
                bioD(people).attributes(10).diversity(8))
            .models(SMALL)
            .exposures(at(scale, 100, 1000, 1000))
            .batch(at(scale, 4, 16, 16))
            .seeds(at(scale, 1, 2, 3)),
        List.of(
            bind(
                KnowledgeCard.ANY_SHAPE,
                r ->
                    r.quotient(
                        t -> !t.facts().equals(usual),
                        t -> t.facts().equals(usual),
                        "R of three other shapes over R of the usual one"))));
  }

  private static Part<CapacityResult> company(Scale scale) {
    int people = at(scale, 8, 100, 500);
    Company junk = junk(at(scale, 3, 7, 7));
    Company again = repeated(at(scale, 3, 7, 7), at(scale, 4, 10, 50));
    return new Part<>(
        "company",
        "Texts about others between those that count: a crowd, a crowd beside marked texts, a few"
            + " people again and again.",
        knowledgeCapacity(PHYSICS_3_3)
            .people(people)
            .models(SMALL)
            .exposures(at(scale, 40, 300, 300))
            .batch(at(scale, 2, 4, 16))
            .seeds(at(scale, 1, 2, 3))
            .among(alone(), junk, junk.markedApart(), again),
        List.of(
            beside(KnowledgeCard.JUNK, junk, alone()),
            beside(KnowledgeCard.REPEATED, again, alone()),
            beside(KnowledgeCard.DOMAIN, junk.markedApart(), junk)));
  }

  private static Binding<CapacityResult> beside(Claim claim, Company some, Company other) {
    return bind(
        claim,
        r ->
            r.quotient(
                t -> t.company().equals(some),
                t -> t.company().equals(other),
                "R among '" + some.label() + "' over R among '" + other.label() + "'"));
  }

  private static Part<CapacityResult> biographies(Scale scale) {
    BioS changing = bioS(at(scale, 8, 25, 2000));
    BioS fixed = changing.inFixedWords();
    TransformerModel model =
        switch (scale) {
          case SMOKE -> gpt2(layers(1), width(16), heads(1));
          case LAPTOP -> SMALL;
          case FULL -> gpt2(layers(2), width(64), heads(2));
        };
    return new Part<>(
        "biographies",
        "Biographies in words, told anew each time or always the same.",
        knowledgeCapacity(PHYSICS_3_3)
            .facts(changing, fixed)
            .models(model)
            .exposures(at(scale, 40, 200, 1000))
            .batch(at(scale, 4, 5, 16))
            .learningRate(BIOGRAPHY_RATE)
            .seeds(2),
        List.of(
            bind(
                KnowledgeCard.BIOGRAPHIES,
                r -> r.share(t -> t.facts().equals(changing), changing.label())),
            bind(
                KnowledgeCard.SIMPLE_HERE,
                r ->
                    r.quotient(
                        t -> t.facts().equals(fixed),
                        t -> t.facts().equals(changing),
                        "R in fixed words over R in changing words"))));
  }

  private static Binding<CapacityResult> bind(
      Claim claim,
      java.util.function.Function<CapacityResult, reprise.dsl.claim.Measured> reading) {
    return new Binding<>(claim, reading);
  }
}
