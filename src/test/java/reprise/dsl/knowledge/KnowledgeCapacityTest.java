package reprise.dsl.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static reprise.dsl.Reprise.FLOAT32;
import static reprise.dsl.Reprise.INT8;
import static reprise.dsl.Reprise.PHYSICS_3_3;
import static reprise.dsl.Reprise.alone;
import static reprise.dsl.Reprise.bioD;
import static reprise.dsl.Reprise.gpt2;
import static reprise.dsl.Reprise.heads;
import static reprise.dsl.Reprise.junk;
import static reprise.dsl.Reprise.knowledgeCapacity;
import static reprise.dsl.Reprise.layers;
import static reprise.dsl.Reprise.llama;
import static reprise.dsl.Reprise.width;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.model.TransformerModel;

/** The experiment as text, and what it refuses. */
@Tag("plan")
class KnowledgeCapacityTest {
  private static final TransformerModel SMALL = gpt2(layers(2), width(32), heads(2));

  @Test
  void aPlanSaysWhoLearnsWhatAndHowOften() {
    assertThat(
            knowledgeCapacity(PHYSICS_3_3)
                .facts(bioD(200), bioD(100).attributes(12).chunks(1))
                .models(SMALL)
                .exposures(100)
                .among(alone(), junk(7).markedApart())
                .readAt(FLOAT32, INT8)
                .plan()
                .text())
        .isEqualTo(
            """
            plan: bits of knowledge a parameter: bioD(200), bioD(100, K12, C1); gpt2-2-32-2; \
            100 exposures
            4 runs, 1.01e12 FLOP in all, at most 41 MiB a run
            Physics of Language Models 3.3: AdamW(0.9, 0.98, eps 1e-6), decay 0.01, clip 1, \
            warm-up 1000 steps or a tenth, cosine to 10 %; read at float32, int8
              run                                          facts                    P  R max  \
            exposures  company              texts a step  steps  D tokens     FLOP  peak lr  \
            seed
              bioD200-gpt2-2-32-2-x100-s1                  bioD(200)           26,144  \
            0.554        100  alone                          16  1,250      440k  6.82e10    \
            0.004     1
              bioD200-gpt2-2-32-2-x100-o7of65536m-s1       bioD(200)           26,176  \
            0.553        100  7 of 65,536, marked           128  1,250     3.52M  5.46e11    \
            0.004     1
              bioD100K12C1-gpt2-2-32-2-x100-s1             bioD(100, K12, C1)  26,336  \
            0.279        100  alone                          16    625      280k  4.37e10    \
            0.004     1
              bioD100K12C1-gpt2-2-32-2-x100-o7of65536m-s1  bioD(100, K12, C1)  26,368  \
            0.278        100  7 of 65,536, marked           128    625     2.24M   3.5e11    \
            0.004     1
            """);
  }

  @Test
  void exposuresMustComeOutEven() {
    assertThatThrownBy(
            () -> knowledgeCapacity(PHYSICS_3_3).people(7).models(SMALL).exposures(3).plan())
        .hasMessageContaining(
            "expected people x exposures = 21 to be a multiple of the batch, so that everyone is"
                + " met equally often, got batch 16; try 7");
  }

  @Test
  void whatCannotBeReadIsRefused() {
    assertThatThrownBy(() -> knowledgeCapacity(PHYSICS_3_3).people().models(SMALL).exposures(1))
        .hasMessage("people: give at least one");
    assertThatThrownBy(() -> knowledgeCapacity(PHYSICS_3_3).people(5).models(SMALL).exposures(0))
        .hasMessageContaining("exposures must be a positive number of meetings, got 0");
    assertThatThrownBy(() -> gpt2(layers(1), width(32), heads(3)))
        .hasMessage(
            "heads must divide the width into an even head width, got width 32 and 3 heads");
    assertThatThrownBy(() -> llama(layers(1), width(32), heads(2)).keyValueHeads(heads(4)))
        .hasMessage("key-value heads must divide heads, got 4 and 2");
    assertThatThrownBy(() -> new Company(3, 0, false))
        .hasMessage(
            "company: expected texts about at least one person, got 3 texts about 0 people");
  }

  @Test
  void labelsTellModelsApart() {
    TransformerModel llama = llama(layers(2), width(32), heads(2));
    assertThat(llama.label()).isEqualTo("llama-2-32-2");
    assertThat(llama.keyValueHeads(heads(1)).label()).isEqualTo("llama-2-32-2-kv1");
    assertThat(llama.withoutGate().label()).isEqualTo("llama-2-32-2-mlp126");
    assertThat(SMALL.withoutMlp().label()).isEqualTo("gpt2-2-32-2-nomlp");
    assertThat(SMALL.experts(32).label()).isEqualTo("gpt2-2-32-2-experts32x32");
  }
}
