package glimpse.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line stands on everything else and nothing stands on it; in it, a later package may use an earlier one,
 * never the other way round; and {@link Main} alone ends the process.
 */
@AnalyzeClasses(packages = "glimpse", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageOrderTest {
    private static final List<String> ORDER = List.of(
            "extension",
            "output",
            "error",
            "progress",
            "file",
            "model",
            "option",
            "run",
            "front",
            "input",
            "edge",
            "listen",
            "command");

    @ArchTest
    static final ArchRule laterPackagesMayUseEarlierOnesAlone = order();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("glimpse.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingElseUsesTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("glimpse.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("glimpse.cli..");

    @ArchTest
    static final ArchRule nothingElseUsesPicocli = noClasses()
            .that()
            .resideOutsideOfPackage("glimpse.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule mainAloneEndsTheProcess = noClasses()
            .that(resideInAPackage("glimpse..").and(belongToAnyOf(Main.class).negate()))
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    private static LayeredArchitecture order() {
        LayeredArchitecture rule = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("main")
                .definedBy("glimpse.cli")
                .whereLayer("main")
                .mayNotBeAccessedByAnyLayer();
        for (String name : ORDER) {
            rule = rule.layer(name).definedBy("glimpse.cli." + name + "..");
        }
        for (int i = 0; i < ORDER.size(); i++) {
            List<String> later = new ArrayList<>(ORDER.subList(i + 1, ORDER.size()));
            later.add("main");
            rule = rule.whereLayer(ORDER.get(i)).mayOnlyBeAccessedByLayers(later.toArray(String[]::new));
        }
        return rule;
    }
}
