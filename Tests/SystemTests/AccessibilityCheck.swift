/// What a page must offer to everybody, judged in the page: names, labels, contrast, size, order.
enum AccessibilityCheck {
    /// Answers the faults as sentences. WCAG 2.2: 4.1.2, 1.3.1, 1.4.3, 2.5.8 (44 px here), 2.4.3.
    static let script = """
        (() => {
          const faults = [];
          const isShown = (e) => e.checkVisibility() && e.getBoundingClientRect().width > 1;
          const name = (e) => (e.getAttribute('aria-label') ?? e.innerText ?? '').trim();
          const tell = (e, what) => faults.push(`${e.tagName} '${name(e).slice(0, 30)}' ${what}`);
          for (const e of document.querySelectorAll('a, button, summary')) {
            if (!isShown(e) || e.classList.contains('skip')) continue;
            if (!name(e)) tell(e, 'has no name');
            const box = e.getBoundingClientRect();
            if (box.height < 44 || box.width < 44) tell(e, `is small: ${box.width} x ${box.height}`);
          }
          for (const e of document.querySelectorAll('input, select')) {
            if (isShown(e) && !e.labels?.length && !e.getAttribute('aria-label')) tell(e, 'has no label');
          }
          for (const e of document.querySelectorAll('[tabindex]')) {
            if (e.tabIndex > 0) tell(e, 'changes the order of focus');
          }
          if (document.documentElement.scrollWidth > innerWidth + 1) faults.push('scrolls sideways');
          if (!document.documentElement.lang) faults.push('has no language');
          const parse = (color) => color.match(/[\\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
            .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = (e) => {
            for (let at = e; at; at = at.parentElement) {
              const color = parse(getComputedStyle(at).backgroundColor);
              if (color.length < 4 || color[3] === 1) return color;
            }
            return [255, 255, 255];
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const e = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || !isShown(e) || e.disabled) continue;
            if (['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(e.tagName)) continue;
            const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))];
            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (contrast < 4.5) tell(e, `has a contrast of ${contrast.toFixed(2)}`);
          }
          return faults;
        })()
        """
}
