package glimpse.evaluation.report;

/** What all pages share: one self-contained HTML file, which is well-formed XML too. */
final class PageFrame {
    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1c1f23;--paper:#fff;--faint:#d5d9de;--mark:#fff3c9;--soft:#5a626a}
            @media (prefers-color-scheme:dark){:root{--ink:#e4e7ea;--paper:#15181b;--faint:#3a4046;--mark:#453b14;--soft:#9aa3ab}}
            @media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--faint:#bbb;--mark:#eee;--soft:#444}}
            body{margin:0 auto;max-width:60rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
            .lead{font-size:1.2rem}.note{color:var(--soft);font-size:.9rem}svg{width:100%;height:auto}svg text{font-size:12px;fill:var(--ink)}
            .grid{stroke:var(--faint)}.level{stroke:var(--ink);stroke-dasharray:2 5}.front{fill:none;stroke:var(--ink);stroke-width:1.5}
            .c0{fill:#0072b2}.c1{fill:#d55e00}.c2{fill:#009e73}.c3{fill:#cc79a7}.c4{fill:#e69f00}.c5{fill:#56b4e9}.c6{fill:#8a8f94}
            .dot{fill-opacity:.75}.here{fill:none;stroke:var(--ink);stroke-width:2}
            .legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;padding:0;list-style:none}.legend svg{width:.9rem;height:.9rem}
            .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
            th,td{padding:.2rem .6rem;border-bottom:1px solid var(--faint);text-align:right;white-space:nowrap}
            .texts th:nth-child(-n+3),.texts td:nth-child(-n+3){text-align:left}.models td:first-child,.models th:first-child{text-align:left}.chosen{background:var(--mark);font-weight:600}
            .gallery{display:grid;grid-template-columns:repeat(auto-fill,minmax(13.5rem,1fr));gap:1rem}
            .photos{grid-template-columns:repeat(auto-fill,minmax(min(24rem,100%),1fr))}
            figure{margin:0;break-inside:avoid}figure div{display:flex;gap:.25rem}figure img{width:calc((100% - .5rem)/3);height:auto}
            figcaption{font-size:.85rem;line-height:1.35;overflow-wrap:anywhere}
            .ours{fill:none;stroke-width:1.5}.bar{stroke-width:1.2;fill:none}.s0{stroke:#0072b2}.s1{stroke:#d55e00}.s2{stroke:#009e73}.s3{stroke:#cc79a7}
            .s4{stroke:#e69f00}.s5{stroke:#56b4e9}.s6{stroke:#8a8f94}.published{fill:var(--paper);stroke-width:2}
            .warning{border:2px solid #d55e00;border-radius:.4rem;padding:.2rem 1rem;margin:1rem 0}.outside{color:#b34700}
            .comparison th[scope=rowgroup]{text-align:left;padding-top:.8rem}.comparison td:first-child,.comparison th:first-child{text-align:left}
            .comparison td:nth-child(n+5){white-space:normal;text-align:left;min-width:9rem}.comparison td{padding:.15rem .5rem}
            @media (prefers-color-scheme:dark){.outside{color:#ff9d57}}
            @media (max-width:40rem){svg text{font-size:20px}.legend svg{width:1.1rem}}
            @media print{.scroll{overflow:visible}table{font-size:.7rem}tr,svg{break-inside:avoid}h2{break-after:avoid}}
            """;

    private PageFrame() {}

    /**
     * Returns a page.
     *
     * @param title its heading, plain text
     * @param body what follows the heading, HTML
     */
    static String html(String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                + "<title>Glimpse: " + Html.escaped(Character.toLowerCase(title.charAt(0)) + title.substring(1))
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<h1>" + Html.escaped(title) + "</h1>\n"
                + body
                + "</body>\n</html>\n";
    }
}
