package reprise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table "may import / must not know" of the README, checked over the class files. */
@Tag("unit")
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("reprise");

  @Test
  void tensorKnowsOnlyTheJdk() {
    noClasses()
        .that()
        .resideInAPackage("reprise.tensor..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("reprise.tensor..", "java..", "javax..", "jdk..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
