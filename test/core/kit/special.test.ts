// Golden numbers: mpmath 1.3 at 40 digits, quantiles of t and beta from scipy 1.10 and up.
import { describe, expect, test } from 'vitest';
import {
  betaQuantile,
  chiSquareTail,
  digamma,
  erf,
  fTail,
  incompleteBeta,
  lbeta,
  lgamma,
  lowerGamma,
  normalCdf,
  normalQuantile,
  studentQuantile,
  studentTwoTails,
  upperGamma,
} from '../../../src/core/kit/special';

const near = (got: number, wanted: number, relative: number) =>
  expect(Math.abs(got - wanted) / Math.abs(wanted), `${got} for ${wanted}`).toBeLessThan(relative);

describe('lgamma, digamma and lbeta', () => {
  test.each([
    [0.001, 6.9071788853838537],
    [0.1, 2.252712651734206],
    [0.9999, 5.7729791561200222e-5],
    [1.0001, -5.7713342220477623e-5],
    [1.46, -0.12148500100400743],
    [1.9, -0.03898427592308333],
    [2.7, 0.43482055365510453],
    [7.3, 7.147892523022249],
    [9.999, 12.799575780077412],
    [12.5, 18.734347511936446],
    [1e5, 1051287.7089736569],
  ])('lgamma(%d) is right to 1e-13, also beside its zeros', (x, wanted) => near(lgamma(x), wanted, 2e-13));

  test('lgamma is 0 at 1 and 2, grows by ln x from x to x + 1, and has no value below 0', () => {
    expect(lgamma(1)).toBe(0);
    expect(lgamma(2)).toBe(0);
    for (const x of [0.01, 0.49, 0.51, 1.49, 1.51, 2.49, 3.3, 9.01, 9.99, 10.01, 77])
      expect(Math.abs(lgamma(x + 1) - lgamma(x) - Math.log(x))).toBeLessThan(1e-13 * (1 + lgamma(x + 1)));
    expect(lgamma(0)).toBe(Infinity);
    expect(lgamma(-0.5)).toBeNaN();
  });

  test.each([
    [0.01, -100.56088545786867],
    [0.5, -1.9635100260214235],
    [1, -0.57721566490153286],
    [2.5, 0.70315664064524319],
    [9.9, 2.2411803166063814],
    [1000, 6.9072551956488121],
  ])('digamma(%d)', (x, wanted) => near(digamma(x), wanted, 1e-13));

  test.each([
    [0.5, 2.5, 0.16390063283767394],
    [3, 7, -5.5294290875114233],
    [0.2, 1e6, -1.2390382091620623],
    [30, 1e6, -343.20871276748278],
    [15, 12, -18.568172732389435],
    [1e5, 2e5, -190958.88527911685],
  ])('lbeta(%d, %d) keeps its digits when the gammas are huge, in either order', (a, b, wanted) => {
    near(lbeta(a, b), wanted, 2e-13);
    expect(lbeta(b, a)).toBe(lbeta(a, b));
  });
});

describe('incomplete gamma and beta', () => {
  test.each([
    [0.5, 3, 0.98569412156457036, 0.01430587843542964],
    [2, 1.5, 0.44217459962892543, 0.55782540037107457],
    [30, 50, 0.99908317113854392, 0.00091682886145607987],
    [1000, 1010, 0.62767894473699473, 0.37232105526300527],
    [0.5, 60, 1, 6.3260682636772615e-28],
  ])('lowerGamma and upperGamma(%d, %d)', (a, x, lower, upper) => {
    near(lowerGamma(a, x), lower, 1e-12);
    near(upperGamma(a, x), upper, 1e-12);
  });

  test.each([
    [0.4, 2, 3, 0.5248],
    [0.1, 0.5, 0.5, 0.20483276469913345],
    [0.13, 146, 866, 0.095438615407429387],
    [0.9, 4, 2, 0.91854],
    [0.001, 5, 0.5, 2.4619635502857135e-16],
    [0.5, 3000, 3010, 0.55132155911863642],
  ])('incompleteBeta(%d, %d, %d)', (x, a, b, wanted) => {
    near(incompleteBeta(x, a, b), wanted, 1e-11);
    expect(incompleteBeta(1 - x, b, a) + incompleteBeta(x, a, b)).toBeCloseTo(1, 12);
  });
});

describe('normal, t, chi-square, F and beta', () => {
  test('normalCdf keeps its digits in the tails, normalQuantile undoes it', () => {
    near(normalCdf(-10), 7.6198530241605261e-24, 1e-12);
    near(normalCdf(-1), 0.15865525393145705, 1e-13);
    near(normalCdf(0.3), 0.61791142218895264, 1e-13);
    near(normalCdf(3), 0.99865010196836991, 1e-13);
    near(normalQuantile(1e-10), -6.3613409024040562, 1e-12);
    near(normalQuantile(0.49), -0.025068908258711036, 1e-12);
    near(normalQuantile(0.975), 1.9599639845400542, 1e-13);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 14);
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(2)]).toEqual([-Infinity, Infinity, NaN]);
    near(erf(0.7), 0.67780119383741847, 1e-13);
    expect(erf(-0.7)).toBe(-erf(0.7));
  });

  test('quantiles of t and beta, tails of t, chi-square and F', () => {
    near(studentQuantile(0.975, 1), 12.706204736174694, 1e-10);
    near(studentQuantile(0.025, 5), -2.5705818356363146, 1e-10);
    near(studentQuantile(0.975, 30), 2.0422724563012378, 1e-10);
    near(betaQuantile(0.025, 121, 881), 0.10132341964422845, 1e-10);
    // chi-square with 2 degrees of freedom is an exponential; F(2, 12) has the closed tail (1 + f/6)^-6.
    near(chiSquareTail(5, 2), Math.exp(-2.5), 1e-13);
    near(fTail(4, 2, 12), (1 + 4 / 6) ** -6, 1e-12);
    expect(studentTwoTails(0, 7)).toBe(1);
    near(studentTwoTails(1, 1), 0.5, 1e-13);
  });
});
