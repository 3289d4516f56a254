; SPDX-License-Identifier: MIT
; guarantee: G7
; claim: An ESSA that ends in an exception changes nothing, unless the page does not exist: then Used may go on, while the VM is not migrating.
; expect: unsat
; uses: essa
; breakage: essa.smt2: "(= (used after) (or (used before) (not (migrating before))))" -> "(used after)"
(declare-const before State)
(declare-const after State)
(declare-const arguments essa-arguments)
(declare-const outcome Outcome)
(declare-const result essa-result)
;? (assert (= before (small-vm 1 true false true page-0)))
(assert (essa before arguments after outcome result))
(assert (not (= outcome success)))
; refute
(assert (not (and (= (attributes after) (attributes before)) (= (dirty after) (dirty before)) (= (content after) (content before))
                  (=> (not (= (used after) (used before)))
                      (and (= outcome addressing-exception) (not (migrating before)) (used after)
                           (not (select (exist before) (essa-gfn arguments))))))))
(check-sat)
