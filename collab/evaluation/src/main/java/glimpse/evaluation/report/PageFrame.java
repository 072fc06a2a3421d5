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
            :root{--f0:#0072b2;--f1:#d55e00;--f2:#009e73;--f3:#cc79a7;--f4:#b8860b;--f5:#7b4ab8;--f6:#8a8f94;--f7:#4aa3df;--f8:#8c564b}
            @media (prefers-color-scheme:dark){:root{--f0:#4da3e0;--f1:#ff8a3d;--f2:#2fc79b;--f3:#e79ac6;--f4:#e0b23c;--f5:#b794f0;--f6:#a7adb3;--f7:#8fd0ff;--f8:#c79a8d}}
            .series{--c:var(--ink)}.series.f0{--c:var(--f0)}.series.f1{--c:var(--f1)}.series.f2{--c:var(--f2)}.series.f3{--c:var(--f3)}.series.f4{--c:var(--f4)}
            .series.f5{--c:var(--f5)}.series.f6{--c:var(--f6)}.series.f7{--c:var(--f7)}.series.f8{--c:var(--f8)}
            .series .line{fill:none;stroke:var(--c);stroke-width:2}.series .mark{fill:var(--c);stroke:var(--paper);stroke-width:1}
            .series.every .line{stroke-dasharray:5 4;stroke-width:1.5}.series.every .mark{fill:var(--paper);stroke:var(--c);stroke-width:1.5}
            .series.paper .line{stroke-width:3.5}.front-chart svg:has(.series:hover) .series:not(:hover){opacity:.25}
            .front-chart>svg text{font-size:13px}.front-chart .level-name{paint-order:stroke;stroke:var(--paper);stroke-width:4px}.front-legend{display:flex;flex-wrap:wrap;gap:.5rem 1rem;font-size:.85rem}
            .front-legend fieldset{border:1px solid var(--faint);border-radius:.4rem;padding:.1rem .7rem .4rem;display:flex;flex-wrap:wrap;gap:.1rem .9rem;margin:0}
            .front-legend legend{color:var(--soft);padding:0 .3rem}.front-legend svg{width:1.7rem;height:.9rem;vertical-align:-.1rem}
            .front-legend label{cursor:pointer}.front-legend input{margin:0 .2rem 0 0}
            .front-table th[scope=row]{font-weight:400;text-align:left}.front-table td{min-width:3.4rem}.up{color:var(--f2);font-size:.7rem}.down{color:var(--f1);font-size:.7rem}
            .texts.front-table td,.texts.front-table th:nth-child(n+2){text-align:right}.best{text-decoration:underline;text-underline-offset:.2rem;font-weight:600}
            .wrapped td{white-space:normal;vertical-align:top;text-align:left}.findings{padding-left:1.1rem}details{margin:1rem 0}summary{cursor:pointer}
            @media (max-width:40rem){svg text{font-size:20px}.front-chart>svg text{font-size:24px}.legend svg{width:1.1rem}}
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
