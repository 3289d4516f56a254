; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, delete-slot has an outcome: this one, said in words of its own.
; expect: unsat
; uses: delete-slot
; breakage: delete-slot.smt2: "(keeps-used before after)" -> "(not (used after))"
(declare-const before State)
(declare-const arguments delete-slot-arguments)
(define-fun old () Slot (select (slots before) (delete-slot-id arguments)))
(define-fun gone ((page Gfn)) Bool (and (bvuge page (base old)) (bvult (bvsub page (base old)) (pages old))))
(declare-const pages-after Pages)
(assert (forall ((page Gfn)) (= (select pages-after page) (and (select (exist before) page) (not (gone page))))))
(declare-const marks-after Pages)
(assert (forall ((page Gfn)) (= (select marks-after page) (and (select (dirty before) page) (not (gone page))))))
(declare-const attributes-after (Array Gfn Byte))
(assert (forall ((page Gfn)) (= (select attributes-after page) (ite (gone page) #x00 (select (attributes before) page)))))
(declare-const content-after (Array Gfn Content))
(assert (forall ((page Gfn)) (= (select content-after page) (ite (gone page) resident (select (content before) page)))))
(define-fun the-outcome () Outcome
  (ite (= old no-slot) EINVAL success))
(define-fun the-state-after () State
  (ite (= old no-slot) before
  (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) (migrating before) (store (slots before) (delete-slot-id arguments) no-slot) pages-after attributes-after content-after marks-after)))
;? (assert (= before (small-vm 1 true true true (store page-0 #x0000000000000001 true))))
; refute
(assert (not (delete-slot before arguments the-state-after the-outcome nothing)))
(check-sat)
