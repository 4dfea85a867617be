package reprise.repro.matrixnuclearnorm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.dsl.claim.Claim;
import reprise.dsl.plan.Plan;
import reprise.dsl.repro.Part;
import reprise.dsl.repro.Scale;
import reprise.papers.matrixnuclearnorm.MatrixNuclearNormCard;

/**
 * The plan of matrix-nuclear-norm: what would run, and that every binding is a claim of the card.
 */
@Tag("plan")
class MatrixNuclearNormReproductionTest {
  @Test
  void theSmokePlanIsSmallAndTestsClaimsOfTheCard() {
    var reproduction = new MatrixNuclearNormReproduction();
    for (Part<?> part : reproduction.parts(Scale.SMOKE)) {
      Plan plan = part.experiment().plan();
      assertThat(plan.flops()).as(part.name()).isLessThan(1e12);
      part.bindings()
          .forEach(b ->
              assertThat(MatrixNuclearNormCard.CARD.claims())
                  .extracting(Claim::id)
                  .contains(b.claim().id()));
    }
  }
}
