package glimpse.page;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A later package may use an earlier one, never the reverse; and the page knows nothing of any HTTP server. */
@AnalyzeClasses(packages = "glimpse.page", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageOrderTest {
    @ArchTest
    static final ArchRule modelsUseNothingHere = noClasses()
            .that()
            .resideInAPackage("glimpse.page.model")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("glimpse.page", "glimpse.page.picture", "glimpse.page.view");

    @ArchTest
    static final ArchRule picturesUseModelsAlone = noClasses()
            .that()
            .resideInAPackage("glimpse.page.picture")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("glimpse.page", "glimpse.page.view");

    @ArchTest
    static final ArchRule viewsUsePicturesAlone = noClasses()
            .that()
            .resideInAPackage("glimpse.page.view")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("glimpse.page");

    @ArchTest
    static final ArchRule thePageKnowsNoHttpServer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.sun.net.httpserver..", "com.linecorp..", "java.net.http..");
}
