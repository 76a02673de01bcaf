"""Formulas in TeX as a line of Unicode, and those that are better read as typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_cards.term.formula import CLOSE, FACTOR, INFIX, OPEN, Sign, joined
from mlsd_cards.term.tex import LONGEST, drawn

FORMULAS = r"""
x_i                             xᵢ
x_{ij}                          xᵢⱼ
x^2                             x²
x^{n+1}                         xⁿ⁺¹
x_i^2                           xᵢ²
x_i^{(t)}                       xᵢ⁽ᵗ⁾
10^{-3}                         10⁻³
e^{-x}                          e⁻ˣ
w_{ab}                          w_(ab)
x_{i,j}                         x_(i,j)
2^{rel_i}                       2^(relᵢ)
\text{rel}_i                    relᵢ
x_{\text{max}}                  xₘₐₓ
x_\text{max} y                  xₘₐₓ y
D_{KL}(p \,\|\, q)              D_KL(p ‖ q)
W_{\text{abc}}y                 W_abc y
\theta^\top x                   θᵀ x
x^*                             x*
90^\circ                        90°
\frac{a}{b}                     a/b
\frac12                         1/2
\frac{a+b}{c}                   (a+b)/c
\frac{2PR}{P+R}                 2PR/(P+R)
\frac{1}{2\sigma^2}             1/(2σ²)
\frac{x}{n(n-1)}                x/(n(n-1))
\frac{n!}{k!(n-k)!}             n!/(k!(n-k)!)
\frac{\frac{a}{b}}{c}           (a/b)/c
\frac{a}{b}^2                   (a/b)²
x\frac{1}{2}                    x(1/2)
\left(\frac{a}{b}\right)^2      (a/b)²
\frac{\partial L}{\partial w}   ∂L/∂w
\frac{1}{1+e^{-z}}              1/(1+e⁻ᶻ)
\frac{|A \cap B|}{|A \cup B|}   |A ∩ B|/|A ∪ B|
\frac{\text{TP}}{\text{TP}+\text{FP}}  TP/(TP+FP)
\frac{2^{rel_i}-1}{\log_2(i+1)} (2^(relᵢ)-1)/log₂(i+1)
\frac{1}{n}\sum_{i=1}^{n}x_i    (1/n) ∑ᵢ₌₁ⁿ xᵢ
\sum_i \frac{a}{b}              ∑ᵢ a/b
\prod_{t=1}^{T} p_t             ∏ₜ₌₁ᵀ pₜ
\int_0^1 f(x)\,dx               ∫₀¹ f(x) dx
\log_2(i+1)                     log₂(i+1)
\log_2x                         log₂ x
\log\frac{a}{b}                 log(a/b)
O(n \log n)                     O(n log n)
-\sum_i y_i\ln\hat{y}_i         -∑ᵢ yᵢ ln ŷᵢ
\max_\theta \ln p_\theta(x)     max_θ ln p_θ(x)
\argmax_y p(y\mid x)            argmax_y p(y | x)
\operatorname*{arg\,max}_{a} Q  arg maxₐ Q
\max_{a \in A} Q(s,a)           max_(a∈A) Q(s,a)
\hat{y}                         ŷ
\bar x                          x̄
\tilde{\theta}                  θ̃
\mathbb{E}_{x\sim p}[f(x)]      𝔼_(x∼p)[f(x)]
\mathbb{1}[y=1]                 𝟙[y=1]
\in \mathbb{R}^{d \times k}     ∈ ℝ^(d×k)
\mathcal{L}(\theta)             ℒ(θ)
\mathbf{w}^T\mathbf{x}          𝐰ᵀ𝐱
\|x\|_2                         ‖x‖₂
\lvert x \rvert + \lfloor y \rfloor  |x| + ⌊y⌋
\sqrt{x}                        √x
\sqrt{d_k}                      √dₖ
\sqrt{x^2+1}                    √(x²+1)
\sqrt[3]{x}                     ³√x
\binom{n}{k}                    (n choose k)
a\le b                          a ≤ b
a\le5                           a≤5
a \cdot b \times c              a · b × c
p \approx 0.5                   p ≈ 0.5
\theta \leftarrow \theta - \eta \nabla_\theta J  θ ← θ - η ∇_θ J
x \text{ if } y                 x if y
\{1,\dots,n\}                   {1,…,n}
90\,\% of \$5                   90 % of $5
\text{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V  softmax(QKᵀ/√dₖ)V
F_\beta = (1+\beta^2)\frac{PR}{\beta^2P+R}  Fᵦ = (1+β²)(PR/(β²P+R))
[…]^2                           […]²
\sqrt{ […] } + x_{[…]}          √([…]) + x_([…])
""".strip()  # fmt: skip

LEFT_AS_TYPED = r"""
\unknown{x}
\frac{a
a}
x^
^_
\hat\frac{a}{b}
\overline{AB}
\underbrace{x}_{y}
\begin{cases} a & b \\ c & d \end{cases}
a & b
a \\ b
a % b
\today
\ref{x}
\text{a $x$ b}
\sqrt[q]{x}
{}
""".strip().split("\n")


@pytest.mark.parametrize("line", FORMULAS.split("\n"))
def test_a_formula_in_unicode(line: str) -> None:
    tex, _, text = line.partition("  ") if "  " in line else line.rpartition(" ")
    assert drawn(tex) == text.strip()


@pytest.mark.parametrize("tex", LEFT_AS_TYPED)
def test_what_no_line_can_say_is_left_as_typed(tex: str) -> None:
    assert drawn(tex) is None


def test_a_long_formula_is_left_as_typed() -> None:
    assert drawn("x" * LONGEST) == "x" * LONGEST
    assert drawn("x" * LONGEST + "y") is None


@pytest.mark.parametrize(
    "piece", ["{", "^{", "\\frac", "\\sqrt[", "\\left(", "$", "\\", "_", "\\hat"]
)
def test_deep_nesting_does_no_harm(piece: str) -> None:
    count = LONGEST // (len(piece) + 1)
    drawn(piece * count)
    drawn(piece * count + "x" + "}" * count)


PIECES = (
    r"\frac \sqrt \hat \left \text \mathbb \operatorname \sum \begin{a} \end{a} \( \[ \verb| \item "
    r"\alpha \not \\ \today \bm \{ \begin \newcommand \input \' { } [ ] ^ _ a b 1 \ % & ~ $ * # - |"
).split()


@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(st.sampled_from([*PIECES, " "]), st.characters()), max_size=40))
def test_any_text_gives_a_line_or_nothing(pieces: list[str]) -> None:
    line = drawn("".join(pieces))
    assert line is None or line.strip() == line != ""


def test_the_page_on_decks_shows_what_is_drawn() -> None:
    page = (Path(__file__).parents[2] / "docs" / "decks.md").read_text(encoding="utf-8")
    for tex in (r"\frac{a+b}{c} \le x_{ij}", "w_{ab}"):
        assert tex in page
        assert str(drawn(tex)) in page


def test_spaces_come_from_the_source_and_stand_on_both_sides_of_a_relation() -> None:
    space = Sign(" ", "space")
    a, equals = Sign("a", FACTOR), Sign("=", INFIX)
    assert joined([a, equals, a]) == "a=a"
    assert joined([a, equals, space, a]) == joined([a, space, equals, a]) == "a = a"
    assert joined([Sign("(", OPEN), space, equals, a, space, Sign(")", CLOSE)]) == "(=a)"
