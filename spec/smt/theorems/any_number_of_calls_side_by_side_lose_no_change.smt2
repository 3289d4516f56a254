; SPDX-License-Identifier: MIT
; guarantee: G8, CONCURRENCY-1
; claim: Of any number of ESSAs, SETs and GETs of a page, each step at any moment, none loses a change: if GET clears the mark before it reads the value, and ESSA changes the attributes before it marks the page, then at rest the page is dirty, or the last value that a GET read is the one that it has, but for what SETs changed since.
; expect: unsat
; uses: essa set get
; assumes: a_walk_is_a_range
; breakage: itself: "(define-fun get-clears-first () Bool true)" -> "(define-fun get-clears-first () Bool false)"
; breakage: itself: "(define-fun essa-changes-first () Bool true)" -> "(define-fun essa-changes-first () Bool false)"
; A page between two steps: its attributes and its mark; and what no machine keeps: whether an ESSA changed it since a GET read it last, whether
; a SET did, and what the GET read.
(declare-datatypes ((Page 0)) (((page-of
  (page-attributes Byte) (page-mark Bool) (essa-since Bool) (set-since Bool) (last-read Byte)))))
; Where each call is: outside, or between its two steps. SET has one step.
(declare-sort Call 0)
(declare-datatypes ((Place 0)) (((outside) (within-essa) (within-get))))
(define-fun get-clears-first () Bool true)
(define-fun essa-changes-first () Bool true)

(define-fun changes ((p Page) (q Page) (orc (_ BitVec 32)) (held Content)) Bool
  (= q (page-of (attributes-after-essa orc (page-attributes p) held) (page-mark p) true (set-since p) (last-read p))))
(define-fun marks ((p Page) (q Page)) Bool
  (= q (page-of (page-attributes p) true (essa-since p) (set-since p) (last-read p))))
(define-fun clears ((p Page) (q Page)) Bool
  (= q (page-of (page-attributes p) false (essa-since p) (set-since p) (last-read p))))
(define-fun reads ((p Page) (q Page)) Bool
  (= q (page-of (page-attributes p) (page-mark p) false false (page-attributes p))))
(define-fun sets ((p Page) (q Page) (value Byte) (selected Byte)) Bool
  (= q (page-of (merged (page-attributes p) value selected) (page-mark p) (essa-since p) true (last-read p))))

; The invariant. What an ESSA changed since a GET read is marked, or an ESSA is about to mark it, or a GET that took the mark is about to read it.
; What nobody changed since is as it was read.
(define-fun nothing-is-lost ((p Page) (at (Array Call Place))) Bool
  (and (=> (essa-since p)
           (or (page-mark p) (exists ((one Call)) (= (select at one) within-essa)) (exists ((one Call)) (= (select at one) within-get))))
       (=> (not (or (essa-since p) (set-since p))) (= (last-read p) (page-attributes p)))))

(declare-const p Page)
(declare-const q Page)
(declare-const at (Array Call Place))
(declare-const at-after (Array Call Place))
(declare-const call Call)
(declare-const orc (_ BitVec 32))
(declare-const held Content)

; When migration starts, the page is dirty, and no GET has read it.
(push 1)
(assert (page-mark p))
(assert (essa-since p))
; refute
(assert (not (nothing-is-lost p at)))
(check-sat)
(pop 1)

; The first step of an ESSA, and its second.
(push 1)
(assert (nothing-is-lost p at))
(assert (= (select at call) outside))
(assert (= at-after (store at call within-essa)))
(assert (ite essa-changes-first (changes p q orc held) (marks p q)))
; refute
(assert (not (nothing-is-lost q at-after)))
(check-sat)
(pop 1)
(push 1)
(assert (nothing-is-lost p at))
(assert (= (select at call) within-essa))
(assert (= at-after (store at call outside)))
(assert (ite essa-changes-first (marks p q) (changes p q orc held)))
; refute
(assert (not (nothing-is-lost q at-after)))
(check-sat)
(pop 1)

; The first step of a GET, and its second.
(push 1)
(assert (nothing-is-lost p at))
(assert (= (select at call) outside))
(assert (= at-after (store at call within-get)))
(assert (ite get-clears-first (clears p q) (reads p q)))
; refute
(assert (not (nothing-is-lost q at-after)))
(check-sat)
(pop 1)
(push 1)
(assert (nothing-is-lost p at))
(assert (= (select at call) within-get))
(assert (= at-after (store at call outside)))
(assert (ite get-clears-first (reads p q) (clears p q)))
; refute
(assert (not (nothing-is-lost q at-after)))
(check-sat)
(pop 1)

; A SET.
(push 1)
(declare-const value Byte)
(declare-const selected Byte)
(assert (nothing-is-lost p at))
(assert (sets p q value selected))
; refute
(assert (not (nothing-is-lost q at)))
(check-sat)
(pop 1)

; At rest.
(push 1)
(assert (nothing-is-lost p at))
(assert (forall ((one Call)) (= (select at one) outside)))
; refute
(assert (not (or (page-mark p) (set-since p) (= (last-read p) (page-attributes p)))))
(check-sat)
(pop 1)

; These steps, one after another, are what the operations of the model do to a page.
(declare-const before State)
(declare-const after State)
(declare-const gfn Gfn)
;? (assert (= before (small-vm 1 true true true page-0)))
;? (assert (= gfn #x0000000000000000))
(define-fun page-in ((s State)) Page (page-of (select (attributes s) gfn) (select (dirty s) gfn) true true #x00))
(push 1)
(declare-const arguments essa-arguments)
(declare-const result essa-result)
(declare-const half Page)
(assert (migrating before))
(assert (= gfn (essa-gfn arguments)))
(assert (not (= (essa-orc arguments) #x00000000)))
(assert (essa before arguments after success result))
(assert (changes (page-in before) half (essa-orc arguments) (select (content before) gfn)))
; refute
(assert (not (marks half (page-in after))))
(check-sat)
(pop 1)
(push 1)
(declare-const arguments set-arguments)
(declare-const result set-result)
;? (assert (= (set-log arguments) (log #x0000000000000000 #x00000001 no-flag #x0000000000000000 #x0000000000000000)))
;?vacuity (assert (= after before))
(assert (set before arguments after success result))
(assert (in-range gfn (set-start arguments) (set-count arguments)))
; refute
(assert (not (sets (page-in before) (page-in after) (select (set-buffer arguments) (bvsub gfn (set-start arguments)))
                   (selected-bits (remaining-or-mask (set-log arguments))))))
(check-sat)
(pop 1)
(push 1)
(declare-const arguments get-arguments)
(declare-const result get-result)
;? (assert (= (get-log arguments) (log #x0000000000000000 #x00000001 no-flag #x0000000000000000 #x0000000000000000)))
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
(assert (get before arguments after success result))
(assert (is-answer success result))
(assert (between gfn (get-first result) (get-last result)))
(assert (bvult (bvsub gfn (get-first result)) (walked result))) ; as a_walk_is_a_range proves
; refute
(assert (not (and (clears (page-in before) (page-in after))
                  (= (select (get-buffer-after result) (bvsub gfn (get-first result))) (page-attributes (page-in before))))))
(check-sat)
(pop 1)
