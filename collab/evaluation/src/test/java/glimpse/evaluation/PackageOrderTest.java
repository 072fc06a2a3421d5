package glimpse.evaluation;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.TreeCodec;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import glimpse.evaluation.io.Json;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each package may use. */
@AnalyzeClasses(packages = "glimpse.evaluation", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageOrderTest {
    private static final String ROOT = "glimpse.evaluation.";

    /** The packages of the module that each of its packages may use. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("network", Set.of()),
            Map.entry("plan", Set.of("network")),
            Map.entry("io", Set.of("plan")),
            Map.entry("tar", Set.of()),
            Map.entry("parquet", Set.of("io")),
            Map.entry("webp", Set.of()),
            Map.entry("listing", Set.of("io", "tar")),
            Map.entry("classes", Set.of("io", "tar", "listing")),
            Map.entry("data", Set.of("plan", "io", "tar", "parquet", "webp", "listing", "classes")),
            Map.entry("rows", Set.of("plan", "io", "data")),
            Map.entry("run", Set.of("network", "plan", "listing", "data", "rows")),
            Map.entry("metrics", Set.of("network", "plan", "io", "rows")),
            Map.entry("quality", Set.of("plan", "io", "listing", "classes", "data", "rows", "run", "metrics")),
            Map.entry("calibration", Set.of("plan", "io", "data", "rows", "metrics")),
            Map.entry("front", Set.of("plan", "io", "rows", "metrics", "calibration")),
            Map.entry("erasure", Set.of("network", "plan", "io", "rows", "metrics")),
            Map.entry("overlay", Set.of()),
            Map.entry("gallery", Set.of("plan", "io", "classes", "data", "rows", "metrics", "overlay")),
            Map.entry("paper", Set.of("plan", "io", "data", "rows", "run", "metrics")),
            Map.entry("table", Set.of("network", "plan", "io", "rows", "metrics", "paper")),
            Map.entry(
                    "report",
                    Set.of(
                            "network", "plan", "io", "metrics", "quality", "front", "erasure", "gallery", "paper",
                            "table")));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("glimpse.evaluation.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule glimpseIsUsedFromCoreAndEngineAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages("glimpse.cli..", "glimpse.convert..", "glimpse.service..", "glimpse.spark..");

    @ArchTest
    static final ArchRule thereIsOneJsonMapper = noClasses()
            .that()
            .doNotBelongToAnyOf(Json.class)
            .should()
            .callConstructorWhere(target(owner(assignableTo(TreeCodec.class))))
            .orShould()
            .callConstructorWhere(target(owner(assignableTo(MapperBuilder.class))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(MapperBuilder.class))));

    @ArchTest
    static void everyPackageUsesWhatItMay(JavaClasses classes) {
        assertThat(packages(classes.stream())).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
        MAY_USE.forEach((name, allowed) -> {
            Stream<JavaClass> used = classes.stream()
                    .filter(type -> type.getPackageName().equals(ROOT + name))
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType());
            assertThat(packages(used)).as(name).isSubsetOf(with(allowed, name));
        });
    }

    private static Set<String> packages(Stream<JavaClass> types) {
        return types.map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()))
                .collect(Collectors.toSet());
    }

    private static Set<String> with(Set<String> some, String more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toSet());
    }
}
