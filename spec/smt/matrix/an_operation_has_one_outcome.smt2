; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: OPERATION is a function: of one state and the same arguments there is one state after it, one outcome, and one answer, but for bytes that the clauses leave unspecified.
; expect: unsat
; for each: OPERATION
; uses: OPERATION
; assumes: a_start_has_one_block a_walk_from_a_page_ends_in_one_place
; breakage: OPERATION.smt2: "(define-fun OPERATION ((before" -> "(define-fun OPERATION ((before State) (arguments ARGUMENTS) (after State) (outcome Outcome) (result RESULT)) Bool true) (define-fun unbroken ((before"
(declare-const before State)
(declare-const arguments ARGUMENTS)
(declare-const after State)
(declare-const outcome Outcome)
(declare-const result RESULT)
(declare-const other-after State)
(declare-const other-outcome Outcome)
(declare-const other RESULT)
; Where they walk, they walk the same pages: as a_start_has_one_block proves, and a_walk_from_a_page_ends_in_one_place.
(define-fun other-result () RESULT SAME-WALK)
(declare-const page Gfn)
(declare-const index (_ BitVec 64))
;? (assert (and true EXAMPLE-OF-SUCCESS))
;?vacuity (assert (and true STATE-AFTER-IT))
;?vacuity (assert (and (= other-after after) (= other result)))
(assert (OPERATION before arguments after outcome result))
(assert (OPERATION before arguments other-after other-outcome other-result))

(push 1)
; refute
(assert (not (= outcome other-outcome)))
(check-sat)
(pop 1)

; What the VM is, and what is on.
(push 1)
; refute
(assert (not (and (= (host-has-cmma after) (host-has-cmma other-after)) (= (vcpu-count after) (vcpu-count other-after))
                  (= (enabled after) (enabled other-after)) (= (used after) (used other-after))
                  (= (migrating after) (migrating other-after)) (= (slots after) (slots other-after)))))
(check-sat)
(pop 1)

; The pages, one by one.
(push 1)
; refute
(assert (not (= (select (exist after) page) (select (exist other-after) page))))
(check-sat)
(pop 1)
(push 1)
; refute
(assert (not (= (select (attributes after) page) (select (attributes other-after) page))))
(check-sat)
(pop 1)
(push 1)
; refute
(assert (not (= (select (content after) page) (select (content other-after) page))))
(check-sat)
(pop 1)
(push 1)
; refute
(assert (not (= (select (dirty after) page) (select (dirty other-after) page))))
(check-sat)
(pop 1)

; What else it answers.
(push 1)
; refute
(assert (not (and true ANSWERS-ALIKE)))
(check-sat)
(pop 1)
