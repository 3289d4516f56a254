; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, move-slot has an outcome: this one, said in words of its own.
; expect: unsat
; uses: move-slot
; breakage: move-slot.smt2: "(keeps-used before after)" -> "(not (used after))"
(declare-const before State)
(declare-const arguments move-slot-arguments)
(define-fun old () Slot (select (slots before) (move-slot-id arguments)))
(define-fun first () Gfn (move-slot-base arguments))
(define-fun length () Gfn (pages old))
(define-fun new ((page Gfn)) Bool (and (bvuge page first) (bvult (bvsub page first) length)))
(define-fun gone ((page Gfn)) Bool (and (bvuge page (base old)) (bvult (bvsub page (base old)) length)))
(define-fun anew ((page Gfn)) Bool (or (new page) (gone page)))
(define-fun new-slots () (Array SlotId Slot)
  (store (slots before) (move-slot-id arguments) (slot first length (dirty-log old))))
(declare-const pages-after Pages)
(assert (forall ((page Gfn)) (= (select pages-after page) (or (new page) (and (select (exist before) page) (not (gone page)))))))
(declare-const marks-after Pages)
(assert (forall ((page Gfn)) (= (select marks-after page) (and (select (dirty before) page) (not (anew page))))))
(declare-const attributes-after (Array Gfn Byte))
(assert (forall ((page Gfn)) (= (select attributes-after page) (ite (anew page) #x00 (select (attributes before) page)))))
(declare-const content-after (Array Gfn Content))
(assert (forall ((page Gfn)) (= (select content-after page) (ite (anew page) resident (select (content before) page)))))
(define-fun the-outcome () Outcome
  (ite (= old no-slot) EINVAL
  (ite (or (bvugt length #x0010000000000000) (bvugt first (bvsub #x0010000000000000 length))) EINVAL
  (ite (exists ((page Gfn)) (and (new page) (not (gone page)) (select (exist before) page))) EEXIST
  (ite (not (move-slot-allocates arguments)) ENOMEM
       success)))))
(define-fun the-state-after () State
  (ite (distinct the-outcome success) before
  (ite (and (migrating before) (not (dirty-log old)))
       (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) false new-slots pages-after attributes-after content-after ((as const Pages) false))
       (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) (migrating before) new-slots pages-after attributes-after content-after marks-after))))
;? (assert (= before (let ((vm (small-vm 1 true true true (store page-0 #x0000000000000001 true))))
;?   (state true 1 true true true (slots vm) (exist vm) (store all-stable #x0000000000000002 #x01)
;?     (store all-resident #x0000000000000002 preserved) (dirty vm)))))
;? (assert (= pages-after (two-pages no-page #x0000000000000001)))
;? (assert (= attributes-after all-stable))
;? (assert (= content-after all-resident))
;? (assert (= marks-after no-page))
;? (assert (= (move-slot-base arguments) #x0000000000000001))
; refute
(assert (not (move-slot before arguments the-state-after the-outcome nothing)))
(check-sat)
